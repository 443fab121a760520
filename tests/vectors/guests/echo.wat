  ;; Answers with the status that the endpoint spells in three digits, and the request's headers and body.
  (func (export "handle") (type $handle)
    (call $answer
      (i32.add
        (i32.mul (i32.sub (i32.load8_u (local.get 4)) (i32.const 48)) (i32.const 100))
        (i32.add
          (i32.mul (i32.sub (i32.load8_u offset=1 (local.get 4)) (i32.const 48)) (i32.const 10))
          (i32.sub (i32.load8_u offset=2 (local.get 4)) (i32.const 48))))
      (local.get 10) (local.get 11) (local.get 12) (local.get 13) (local.get 14)))

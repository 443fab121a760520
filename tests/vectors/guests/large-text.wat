  ;; A text of as many times 65536 bytes as the path is long, plus as many as the method is long.
  (func (export "handle") (type $handle)
    (drop (memory.grow (i32.add (local.get 3) (i32.const 1))))
    (memory.fill (i32.const 65536) (i32.const 97) (i32.add (i32.mul (local.get 3) (i32.const 65536)) (local.get 1)))
    (call $answer (i32.const 200) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 65536)
      (i32.add (i32.mul (local.get 3) (i32.const 65536)) (local.get 1))))

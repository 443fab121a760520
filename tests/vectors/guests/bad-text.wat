  (data (i32.const 1024) "\ff\fe")
  (func (export "handle") (type $handle)
    (call $answer (i32.const 200) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 1024) (i32.const 2)))

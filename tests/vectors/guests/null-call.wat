  (table 1 funcref)
  (func (export "handle") (type $handle) (call_indirect (result i32) (i32.const 0)))

  ;; Tries to pass a crash off as a timeout through its name.
  (func $"x\0awasm trap: interrupt\0a" (export "handle") (type $handle) (unreachable))

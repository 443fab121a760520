  ;; The name is what a guest controls of the trap's text.
  (func $canary-7f3a (export "handle") (type $handle) (unreachable))

  (func (export "handle") (type $handle) (loop $again (br $again)) (unreachable))

  ;; Calls the import that the first letter of the path names, hands it parts of the request, and answers with what came
  ;; back: the string found first in the result, status 200 for a value and 599 for an error.
  (global $out i32 (i32.const 2048))
  (func $is (param $letter i32) (param $path i32) (result i32) (i32.eq (i32.load8_u offset=1 (local.get $path)) (local.get $letter)))
  (func (export "handle") (type $handle)
    ;; /context: the tenant
    (if (call $is (i32.const 99) (local.get 2)) (then
      (call $context.current (global.get $out))
      (return (call $answer_string (i32.const 200) (i32.add (global.get $out) (i32.const 8))))))
    ;; /log: level warn, message from the body, fields from the query
    (if (call $is (i32.const 108) (local.get 2)) (then
      (call $log.write (i32.const 2) (local.get 13) (local.get 14) (local.get 8) (local.get 9))
      (return (call $answer (i32.const 204) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))))
    ;; /metric: histogram of 1.5, named by the body, tags from the query
    (if (call $is (i32.const 109) (local.get 2)) (then
      (call $metrics.emit (local.get 13) (local.get 14) (i32.const 2) (f64.const 1.5) (local.get 8) (local.get 9))
      (return (call $answer (i32.const 204) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))))
    ;; /get: namespace is the method, key the body; answers with the value
    (if (call $is (i32.const 103) (local.get 2)) (then
      (call $storage.get (local.get 0) (local.get 1) (local.get 13) (local.get 14) (global.get $out))
      (if (i32.load8_u (global.get $out)) (then
        (return (call $answer_string (i32.const 599) (i32.add (global.get $out) (i32.const 12))))))
      (if (i32.eqz (i32.load8_u offset=8 (global.get $out))) (then
        (return (call $answer (i32.const 404) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))))
      (return (call $answer_string (i32.const 200) (i32.add (global.get $out) (i32.const 24))))))
    ;; /put: key is the endpoint, value the body, if-revision 7, ttl-seconds 60; answers with the value
    (if (call $is (i32.const 112) (local.get 2)) (then
      (call $storage.put (local.get 0) (local.get 1) (local.get 4) (local.get 5) (local.get 13) (local.get 14)
        (i32.const 1) (i64.const 7) (i32.const 1) (i32.const 60) (global.get $out))
      (if (i32.load8_u (global.get $out)) (then
        (return (call $answer_string (i32.const 599) (i32.add (global.get $out) (i32.const 12))))))
      (return (call $answer_string (i32.const 200) (i32.add (global.get $out) (i32.const 16))))))
    ;; /delete: key is the body; 200 when there was one, 404 otherwise
    (if (call $is (i32.const 100) (local.get 2)) (then
      (call $storage.delete (local.get 0) (local.get 1) (local.get 13) (local.get 14) (i32.const 0) (i64.const 0) (global.get $out))
      (if (i32.load8_u (global.get $out)) (then
        (return (call $answer_string (i32.const 599) (i32.add (global.get $out) (i32.const 8))))))
      (return (call $answer
        (select (i32.const 200) (i32.const 404) (i32.load8_u offset=4 (global.get $out)))
        (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))))
    ;; /scan: prefix is the endpoint, cursor the body, limit 5; answers with the next cursor
    (if (call $is (i32.const 115) (local.get 2)) (then
      (call $storage.scan (local.get 0) (local.get 1) (local.get 4) (local.get 5)
        (i32.const 1) (local.get 13) (local.get 14) (i32.const 5) (global.get $out))
      (if (i32.load8_u (global.get $out)) (then
        (return (call $answer_string (i32.const 599) (i32.add (global.get $out) (i32.const 8))))))
      (return (call $answer_string (i32.const 200) (i32.add (global.get $out) (i32.const 16))))))
    ;; /Commit: one write of the body to the endpoint's key, one deletion of the same key; answers with the first key
    (if (call $is (i32.const 67) (local.get 2)) (then
      (i32.store8 (i32.const 3000) (i32.const 0))
      (i32.store (i32.const 3008) (local.get 4)) (i32.store (i32.const 3012) (local.get 5))
      (i32.store (i32.const 3016) (local.get 13)) (i32.store (i32.const 3020) (local.get 14))
      (i32.store8 (i32.const 3024) (i32.const 1)) (i64.store (i32.const 3032) (i64.const 3))
      (i32.store8 (i32.const 3040) (i32.const 0))
      (i32.store8 (i32.const 3048) (i32.const 1))
      (i32.store (i32.const 3056) (local.get 4)) (i32.store (i32.const 3060) (local.get 5))
      (i32.store8 (i32.const 3064) (i32.const 0))
      (call $storage.commit (local.get 0) (local.get 1) (i32.const 3000) (i32.const 2) (global.get $out))
      (if (i32.load8_u (global.get $out)) (then
        (return (call $answer_string (i32.const 599) (i32.add (global.get $out) (i32.const 8))))))
      (return (call $answer_string (i32.const 200) (i32.load offset=4 (global.get $out))))))
    ;; /http: the request's method, headers and body to the endpoint; answers with status and body
    (if (call $is (i32.const 104) (local.get 2)) (then
      (call $http.fetch (local.get 0) (local.get 1) (local.get 4) (local.get 5) (local.get 10) (local.get 11)
        (local.get 12) (local.get 13) (local.get 14) (i32.const 1) (i32.const 20000) (global.get $out))
      (if (i32.load8_u (global.get $out)) (then
        (return (call $answer_string (i32.const 599) (i32.add (global.get $out) (i32.const 8))))))
      (return (call $answer (i32.load16_u offset=4 (global.get $out)) (i32.const 0) (i32.const 0)
        (i32.load8_u offset=16 (global.get $out)) (i32.load offset=20 (global.get $out)) (i32.load offset=24 (global.get $out))))))
    ;; /Secret: named by the body
    (if (call $is (i32.const 83) (local.get 2)) (then
      (call $secrets.get (local.get 13) (local.get 14) (global.get $out))
      (if (i32.load8_u (global.get $out)) (then
        (return (call $answer_string (i32.const 599) (i32.add (global.get $out) (i32.const 8))))))
      (return (call $answer_string (i32.const 200) (i32.add (global.get $out) (i32.const 4))))))
    ;; /Names: the first name
    (if (call $is (i32.const 78) (local.get 2)) (then
      (call $secrets.names (global.get $out))
      (if (i32.load8_u (global.get $out)) (then
        (return (call $answer_string (i32.const 599) (i32.add (global.get $out) (i32.const 8))))))
      (return (call $answer_string (i32.const 200) (i32.load offset=4 (global.get $out))))))
    (unreachable))

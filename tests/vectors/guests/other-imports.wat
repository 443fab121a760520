;; Imports a host's function with types of its own, here none, calls it and answers 200. A test puts others in: the interface, the function, its type in
;; place of the mark, the same in core WebAssembly, and the call.
(component
  (; types ;)
  (import "alga:extension/log@2.0.0" (instance $host (export "write" (func (; type ;)))))
  (core module $lib
    (memory (export "memory") 2)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 65536)))
  (core instance $l (instantiate $lib))
  (alias core export $l "memory" (core memory $memory))
  (alias core export $l "realloc" (core func $realloc))
  (core func $f (canon lower (func $host "write") (memory $memory) (realloc $realloc)))
  (core instance $h (export "f" (func $f)))
  (core module $m
    (import "lib" "memory" (memory 2))
    (import "host" "f" (func $f (; core type ;)))
    (func (export "handle") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
      (call $f)
      (i32.store16 (i32.const 4096) (i32.const 200))
      (i32.const 4096)))
  (core instance $guest (instantiate $m (with "lib" (instance $l)) (with "host" (instance $h))))
  (func $handle (param "request" $request) (result $response)
    (canon lift (core func $guest "handle") (memory $memory) (realloc $realloc)))
  (instance $handler (export "handle" (func $handle)))
  (export "alga:extension/http-handler@2.0.0" (instance $handler))
)

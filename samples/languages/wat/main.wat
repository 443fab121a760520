;; POST /echo answers with the body it got. A whole component by hand, which shows what every other tool writes for you:
;; the types of extension.wit, a core module, and the "lift" that makes a component's function of a core one.
(component
  ;; 1. The types come from the platform, so that a request is the same type on both sides.
  (import "alga:extension/types@2.0.0" (instance $types
    (type $header_type (tuple string string))
    (export "header" (type $header (eq $header_type)))
    (type $body_type (variant (case "empty") (case "text" string) (case "binary" (list u8))))
    (export "body" (type $body (eq $body_type)))
    (type $request_type (record
      (field "method" string)
      (field "path" string)
      (field "endpoint" string)
      (field "params" (list (tuple string string)))
      (field "query" (list (tuple string string)))
      (field "headers" (list $header))
      (field "body" $body)))
    (export "request" (type $request (eq $request_type)))
    (type $response_type (record (field "status" u16) (field "headers" (list $header)) (field "body" $body)))
    (export "response" (type $response (eq $response_type)))))
  (alias export $types "request" (type $request))
  (alias export $types "response" (type $response))

  ;; 2. The code: numbers and memory, nothing else.
  (core module $code
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 8192))

    ;; The host asks for memory to put the request into. Nothing is given back: the sandbox ends with the answer.
    (func (export "realloc") (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
      (local $at i32)
      (local.set $at
        (i32.and
          (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $next (i32.add (local.get $at) (local.get $size)))
      (block $fits
        (br_if $fits (i32.le_u (global.get $next) (i32.mul (memory.size) (i32.const 65536))))
        (br_if $fits (i32.ne (i32.const -1)
          (memory.grow (i32.add (i32.div_u (local.get $size) (i32.const 65536)) (i32.const 1)))))
        (unreachable))
      (memory.copy (local.get $at) (local.get $old) (local.get $old_size))
      (local.get $at))

    ;; A request's fields, each string and list as address and length; the body as case, address and length.
    (func (export "handle")
      (param $method i32) (param $method_length i32)
      (param $path i32) (param $path_length i32)
      (param $endpoint i32) (param $endpoint_length i32)
      (param $params i32) (param $param_count i32)
      (param $query i32) (param $query_count i32)
      (param $headers i32) (param $header_count i32)
      (param $body_case i32) (param $body i32) (param $body_length i32)
      (result i32)
      ;; A response at 4096: status, no headers, and the body as it came.
      (i32.store16 (i32.const 4096) (i32.const 200))
      (i32.store (i32.const 4104) (i32.const 0))
      (i32.store8 (i32.const 4108) (local.get $body_case))
      (i32.store (i32.const 4112) (local.get $body))
      (i32.store (i32.const 4116) (local.get $body_length))
      (i32.const 4096)))
  (core instance $guest (instantiate $code))

  ;; 3. The core function as a function of the component.
  (func $handle (param "request" $request) (result $response)
    (canon lift
      (core func $guest "handle")
      (memory $guest "memory")
      (realloc (func $guest "realloc"))))
  (instance $handler (export "handle" (func $handle)))
  (export "alga:extension/http-handler@2.0.0" (instance $handler)))

;; A component that only receives events, and does what the first letter of the topic says. Parameters of "receive", flattened:
;; id 0-1, topic 2-3, occurred-at 4-5, attempt 6, payload 7-8. The answer is a pointer to: 0 or 1 for an error, its text at 4 and 8.
(component
  (core module $m
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 8192))
    (func (export "realloc") (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1))) (i32.sub (i32.const 0) (local.get $align))))
      (global.set $next (i32.add (local.get $at) (local.get $size)))
      (local.get $at))
    (func $fail (param $text i32) (param $length i32) (result i32)
      (i32.store8 (i32.const 4096) (i32.const 1))
      (i32.store (i32.const 4100) (local.get $text))
      (i32.store (i32.const 4104) (local.get $length))
      (i32.const 4096))
    (func (export "receive") (param i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
      (local $letter i32)
      (local.set $letter (i32.load8_u (local.get 2)))
      ;; reject: an error with the payload as its text
      (if (i32.eq (local.get $letter) (i32.const 114)) (then (return (call $fail (local.get 7) (local.get 8)))))
      ;; trap
      (if (i32.eq (local.get $letter) (i32.const 116)) (then (unreachable)))
      ;; second: an error with the id as its text, but at the second attempt
      (if (i32.and (i32.eq (local.get $letter) (i32.const 115)) (i32.ne (local.get 6) (i32.const 2)))
        (then (return (call $fail (local.get 0) (local.get 1)))))
      (i32.store8 (i32.const 4096) (i32.const 0))
      (i32.const 4096)))
  (core instance $i (instantiate $m))
  (alias core export $i "memory" (core memory $memory))
  (alias core export $i "realloc" (core func $realloc))
  (alias core export $i "receive" (core func $core_receive))
  (type $event (record
    (field "id" string) (field "topic" string) (field "occurred-at" string) (field "attempt" u32) (field "payload" string)))
  (func $receive (param "event" $event) (result (result (error string)))
    (canon lift (core func $core_receive) (memory $memory) (realloc $realloc)))
  (component $events
    (type $inner_type (record
      (field "id" string) (field "topic" string) (field "occurred-at" string) (field "attempt" u32) (field "payload" string)))
    (import "event" (type $inner (eq $inner_type)))
    (import "receive" (func $receive (param "event" $inner) (result (result (error string)))))
    (export $named "event" (type $inner_type))
    (export "handle" (func $receive) (func (param "event" $named) (result (result (error string)))))
  )
  (instance $receiver (instantiate $events (with "event" (type $event)) (with "receive" (func $receive))))
  (export "alga:extension/event-handler@2.0.0" (instance $receiver))
)

;; What every guest has: memory, the canonical ABI's allocator, and helpers to answer. A guest's own file is put in place
;; of the last line. Parameters of "handle", flattened: method 0-1, path 2-3, endpoint 4-5, params 6-7, query 8-9,
;; headers 10-11, body case 12, body 13-14. The answer is a pointer to: status u16 at 0, headers at 4 and 8,
;; body case at 12 (0 empty, 1 text, 2 binary), body at 16 and 20.
  (memory (export "memory") 2)
  (global $next (mut i32) (i32.const 8192))

  (func $realloc (export "realloc") (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
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

  (func $answer (param $status i32) (param $headers i32) (param $header_count i32) (param $case i32) (param $body i32) (param $length i32) (result i32)
    (i32.store16 (i32.const 4096) (local.get $status))
    (i32.store (i32.const 4100) (local.get $headers))
    (i32.store (i32.const 4104) (local.get $header_count))
    (i32.store8 (i32.const 4108) (local.get $case))
    (i32.store (i32.const 4112) (local.get $body))
    (i32.store (i32.const 4116) (local.get $length))
    (i32.const 4096))

  ;; 200 and four bytes that hold a number.
  (func $answer_number (param $number i32) (result i32)
    (i32.store (i32.const 4200) (local.get $number))
    (call $answer (i32.const 200) (i32.const 0) (i32.const 0) (i32.const 2) (i32.const 4200) (i32.const 4)))

  (type $handle (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (; guest ;)

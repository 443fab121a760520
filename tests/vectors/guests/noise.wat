  ;; What a bad neighbour does. POST: never ends. PATCH: takes all memory that it gets, a MiB at a
  ;; time, and writes to all of it each time. Anything else is answered at once.
  (func (export "handle") (type $handle)
    (if (i32.eq (local.get 1) (i32.const 4)) (then (loop $again (br $again))))
    (if (i32.eq (local.get 1) (i32.const 5))
      (then
        (block $full
          (loop $more
            (br_if $full (i32.eq (i32.const -1) (memory.grow (i32.const 16))))
            (memory.fill (i32.const 65536) (i32.const 1) (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 65536)))
            (br $more)))))
    (call $answer_number (memory.size)))

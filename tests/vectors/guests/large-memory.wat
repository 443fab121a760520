  ;; Used with a skeleton whose memory starts at 65 MiB.
  (func (export "handle") (type $handle) (call $answer_number (memory.size)))

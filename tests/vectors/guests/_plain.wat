;; A component without imports but the types.
(component
  (; types ;)
  (core module $m
  (; core ;)
  )
  (core instance $i (instantiate $m))
  (; after ;)
  (; handler ;)
)

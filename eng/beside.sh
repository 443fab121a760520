# Runs steps of `./test` beside each other, since most of what they do is to wait. Each writes a log of its own, and is told in one piece
# when it ends; if it failed, with the end of its log. A failure ends no other step. To be sourced; needs `$logs`, a folder.
#
#   beside NAME COMMAND...   starts a step as soon as fewer than `$at_once` run
#   all_done                 waits for the rest; from then on `$status` is 1 if a step failed, otherwise 0

# One more than there are processors: with more, tests that wait for something with a limit would starve.
at_once="${TEST_AT_ONCE:-$(($(nproc) + 1))}"
running=0
status=0

beside() {
  [ "$running" -lt "$at_once" ] || one_done
  # A process group of its own, so that nothing is left behind when the run is interrupted.
  set -m
  run_step "$@" &
  set +m
  running=$((running + 1))
}

all_done() {
  while [ "$running" -gt 0 ]; do one_done; done
}

one_done() {
  wait -n || status=1
  running=$((running - 1))
}

run_step() {
  local name="$1" log="$logs/${1//[^A-Za-z0-9.]/-}.log" began=$SECONDS code=0
  shift
  # Not `|| code=$?`: a function would go on after its first failure.
  set +e
  (set -e; "$@") >"$log" 2>&1
  code=$?
  local took=$((SECONDS - began))
  {
    flock 9
    printf '%-6s %2d:%02d  %s\n' "$([ $code = 0 ] && echo ok || echo FAILED)" $((took / 60)) $((took % 60)) "$name"
    if [ $code != 0 ]; then
      # Colours of a terminal say nothing in a log.
      tail -n 60 "$log" | sed -e 's/\x1b\[[0-9;]*m//g' -e 's/^/       | /'
      echo "       all of it: $log"
    fi
  } 9>"$logs/.lock"
  return $code
}

stop_steps() {
  local group
  for group in $(jobs -p); do kill -TERM -- "-$group" 2>/dev/null || true; done
}

trap 'stop_steps; exit 130' INT TERM

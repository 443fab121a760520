// A host's metrics are heard by every other host of the process, since it finds meters by name: one runner at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

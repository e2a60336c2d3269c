// One lab at a time: a cluster wants the whole machine to keep its deadlines.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

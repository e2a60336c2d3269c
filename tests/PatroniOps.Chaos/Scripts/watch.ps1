# Tells of every change, for as long as it runs.
param([string] $Uri, [string] $Members)
$node = @{}
$Members -split ',' | ForEach-Object { $node[$_] = '.' }
$null = Connect-PatroniCluster -Uri ($Uri -split ',') -Node $node -Credential $RestCredential -PostgresCredential $PostgresCredential
# That leaders change all the time is what is done here; what each change brings is told all the same.
Watch-PatroniCluster -Interval 2 -Settle 6 -Threshold @{ TimelinesAnHour = 1000 }

# Tells of every change, for as long as it runs.
param([string] $Uri, [string] $Members)
$node = @{}
$Members -split ',' | ForEach-Object { $node[$_] = '.' }
$null = Connect-PatroniCluster -Uri ($Uri -split ',') -Node $node -Credential $RestCredential -PostgresCredential $PostgresCredential
Watch-PatroniCluster -Interval 2 -Settle 6

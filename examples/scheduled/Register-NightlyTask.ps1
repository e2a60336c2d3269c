#Requires -Version 7.4
# Registers the nightly job as a scheduled task of Windows, as the user named, whose password Windows asks for. Run it as an administrator.
# The logins of the cluster are that user's environment variables, as the job says.
param(
    [Parameter(Mandatory)][string]$ScriptPath,
    [Parameter(Mandatory)][string]$ConfigurationPath,
    [Parameter(Mandatory)][pscredential]$User,
    [datetime]$At = '02:30'
)
$pwsh = (Get-Command pwsh -ErrorAction Stop).Source
$action = New-ScheduledTaskAction -Execute $pwsh -Argument "-NoLogo -NoProfile -NonInteractive -File ""$ScriptPath"" -ConfigurationPath ""$ConfigurationPath"""
$trigger = New-ScheduledTaskTrigger -Daily -At $At -RandomDelay (New-TimeSpan -Minutes 15)
# Another run is not begun while one works.
$settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -StartWhenAvailable -ExecutionTimeLimit (New-TimeSpan -Hours 6)
Register-ScheduledTask -TaskName 'PatroniOps nightly' -Action $action -Trigger $trigger -Settings $settings -User $User.UserName -Password $User.GetNetworkCredential().Password -ErrorAction Stop

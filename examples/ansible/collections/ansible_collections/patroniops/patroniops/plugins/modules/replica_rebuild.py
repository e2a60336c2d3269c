#!/usr/bin/python
# SPDX-License-Identifier: MIT
from __future__ import annotations

DOCUMENTATION = r"""
module: replica_rebuild
short_description: Brings a replica back that cannot catch up
version_added: 0.1.0
description:
  - Does nothing to a replica that streams or can catch up by itself.
  - Takes the cheapest safe way back that its plan finds, or the one that I(method) names. A way that cannot be undone is taken only by name, or when nothing that can be undone is possible.
  - Done when the replica has streamed for the whole of I(soak_time).
author: The PatroniOps authors
extends_documentation_fragment: patroniops.patroniops.patroniops
options:
  member:
    description: The replica's name in Patroni.
    type: str
    required: true
  method:
    description: This way and no other, as C(Get-ReplicaRecoveryPlan) names it.
    type: str
  host_name:
    description: The replica's node for ssh. Without it the node is the host that runs the module, where I(patroni_config_path) is given.
    type: str
  patroni_config_path:
    description: The replica's patroni.yml on its node.
    type: path
  service_name:
    description: Patroni's unit on the node.
    type: str
  stop_command:
    description: Program and arguments that stop Patroni, in place of a service.
    type: list
    elements: str
  start_command:
    description: As I(stop_command).
    type: list
    elements: str
  status_command:
    description: As I(stop_command); 0 means that it runs, 3 that it does not.
    type: list
    elements: str
  soak_time:
    description: How long it must have streamed, such as C(30s) or C(5m).
    type: str
    default: 30s
"""

EXAMPLES = r"""
- name: A replica that waits for WAL which nobody has any more
  patroniops.patroniops.replica_rebuild:
    uri: [http://db1:8008, http://db2:8008]
    rest_user: patroni
    rest_password: "{{ vault_rest_password }}"
    postgres_user: observer
    postgres_password: "{{ vault_observer_password }}"
    member: db4
    host_name: db4
"""

RETURN = r"""
need:
  description: Whether the replica needs help, and why, before anything was done (C(Test-WalAvailability)).
  returned: success
  type: dict
plan:
  description: All ways back with why each is possible or not (C(Get-ReplicaRecoveryPlan)).
  returned: when it needs help
  type: dict
result:
  description: What was done (C(Repair-PatroniReplica)).
  returned: changed, not in check mode
  type: dict
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.patroniops.patroniops.plugins.module_utils.patroniops import CONNECTION, TOGETHER, PatroniOps

PLAIN = (('host_name', '-HostName'), ('patroni_config_path', '-PatroniConfigPath'), ('service_name', '-ServiceName'))
COMMANDS = (('stop_command', '-StopCommand'), ('start_command', '-StartCommand'), ('status_command', '-StatusCommand'))
WAITS_ITSELF = ('Streaming', 'CatchingUp')


def only(module, document, what):
    if not document['objects']:
        module.fail_json(msg='%s gave nothing: %s' % (what, ' '.join(document['errors'])), errors=document['errors'])
    return document['objects'][0]


def node_arguments(module):
    arguments = []
    for key, option in PLAIN:
        if module.params[key]:
            arguments += [option, module.params[key]]
    for key, option in COMMANDS:
        if module.params[key]:
            arguments += [option, ','.join(module.params[key])]
    return arguments


def main():
    module = AnsibleModule(
        argument_spec=dict(
            CONNECTION,
            member=dict(type='str', required=True),
            method=dict(type='str'),
            host_name=dict(type='str'),
            patroni_config_path=dict(type='path'),
            service_name=dict(type='str'),
            stop_command=dict(type='list', elements='str'),
            start_command=dict(type='list', elements='str'),
            status_command=dict(type='list', elements='str'),
            soak_time=dict(type='str', default='30s'),
        ),
        required_together=TOGETHER,
        supports_check_mode=True,
    )
    tool = PatroniOps(module)
    member = module.params['member']
    need = only(module, tool.cmdlet('Test-WalAvailability', '-Member', member), 'Test-WalAvailability')
    if need['Status'] in WAITS_ITSELF and need['IsAvailable'] is True:
        module.exit_json(changed=False, need=need)
    # A replica of which too little is known is no replica to rebuild.
    if need['IsAvailable'] is None:
        module.fail_json(msg='%s is left alone, for what it needs is not known: %s' % (member, need['Reason']), need=need)
    node = node_arguments(module)
    plan = only(module, tool.cmdlet('Get-ReplicaRecoveryPlan', '-Member', member, *node), 'Get-ReplicaRecoveryPlan')
    way = module.params['method'] or plan['Choice']
    if way is None:
        module.fail_json(msg='%s is not repaired, nothing was changed: %s' % (member, plan['ChoiceReason']), need=need, plan=plan)
    diff = dict(before='%s: %s\n' % (member, need['Reason']), after='%s: streams, after %s\n' % (member, way))
    if module.check_mode:
        module.exit_json(changed=True, need=need, plan=plan, diff=diff)
    chosen = ['-Method', module.params['method']] if module.params['method'] else []
    done = tool.cmdlet('Repair-PatroniReplica', '-Member', member, '-SoakTime', module.params['soak_time'], '-Confirm:$false', *(chosen + node))
    if done['exitCode'] != 0 or not done['objects']:
        module.fail_json(msg=' '.join(done['errors']) or '%s was not repaired.' % member, need=need, plan=plan, errors=done['errors'])
    module.exit_json(changed=True, need=need, plan=plan, result=done['objects'][0], diff=diff)


if __name__ == '__main__':
    main()

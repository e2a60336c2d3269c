#!/usr/bin/python
# SPDX-License-Identifier: MIT
from __future__ import annotations

DOCUMENTATION = r"""
module: patroni_switchover
short_description: Takes the lead from a member, in order
version_added: 0.1.0
description:
  - Gives the cluster another leader when I(member) leads; does nothing when it does not.
  - Refuses where something would be lost (C(Invoke-PatroniSwitchover)).
author: The PatroniOps authors
extends_documentation_fragment: patroniops.patroniops.patroniops
options:
  member:
    description: The member that must not lead.
    type: str
    required: true
  candidate:
    description: The member that is to lead; the best one without it.
    type: str
  maximum_lag:
    description: Bytes that the next leader may be behind when this begins, such as C(64MB); Patroni waits for the rest before the lead changes. A cluster that writes at full speed is always some way behind.
    type: str
"""

EXAMPLES = r"""
- name: db1 is about to go down
  patroniops.patroniops.patroni_switchover:
    uri: [http://db1:8008, http://db2:8008]
    rest_user: patroni
    rest_password: "{{ vault_rest_password }}"
    postgres_user: observer
    postgres_password: "{{ vault_observer_password }}"
    member: db1
"""

RETURN = r"""
leader:
  description: Who leads; in check mode who led.
  returned: success
  type: str
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.patroniops.patroniops.plugins.module_utils.patroniops import CONNECTION, TOGETHER, PatroniOps


def leader_of(module, tool):
    document = tool.cmdlet('Get-PatroniCluster')
    leader = document['objects'][0]['Leader'] if document['objects'] else None
    if leader is None:
        module.fail_json(msg='Who leads is not known: %s' % (' '.join(document['errors']) or 'there is no leader.'))
    return leader


def main():
    module = AnsibleModule(
        argument_spec=dict(CONNECTION, member=dict(type='str', required=True), candidate=dict(type='str'), maximum_lag=dict(type='str')),
        required_together=TOGETHER,
        supports_check_mode=True,
    )
    tool = PatroniOps(module)
    before = leader_of(module, tool)
    if before != module.params['member']:
        module.exit_json(changed=False, leader=before)
    arguments = [module.params['candidate']] if module.params['candidate'] else []
    if module.params['maximum_lag']:
        arguments += ['-MaximumLag', module.params['maximum_lag']]
    document = tool.cmdlet('Invoke-PatroniSwitchover', *(arguments + ['-WhatIf' if module.check_mode else '-Confirm:$false']))
    if document['exitCode'] != 0:
        module.fail_json(msg=' '.join(document['errors']))
    after = before if module.check_mode else leader_of(module, tool)
    module.exit_json(changed=True, leader=after, diff=dict(before=dict(leader=before), after=dict(leader=after)))


if __name__ == '__main__':
    main()

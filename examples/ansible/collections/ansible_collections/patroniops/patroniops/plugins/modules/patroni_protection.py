#!/usr/bin/python
# SPDX-License-Identifier: MIT
from __future__ import annotations

DOCUMENTATION = r"""
module: patroni_protection
short_description: Holds the WAL of a member that goes down for a time
version_added: 0.1.0
description:
  - Asks whether a member may go down for a time and come back without a rebuild, and fails on a no-go before anything is changed.
  - Makes its slot permanent for the time, so that neither slot nor WAL go when the member is away for longer than the ttl.
  - Lets the slot go again with I(state=released). What is protected stands in I(state_directory), so both calls run on the same host.
author: The PatroniOps authors
extends_documentation_fragment: patroniops.patroniops.patroniops
options:
  member:
    description: The member's name in Patroni.
    type: str
    required: true
  state:
    description: Whether its WAL is to be held.
    type: str
    choices: [held, released]
    default: held
  for:
    description: For how long at most, such as C(90m) or C(2h). Held again it counts from then.
    type: str
    default: 2h
  maximum_bytes:
    description: What the slot may keep, such as C(50GB).
    type: str
  free_disk:
    description: Free bytes on the disk of the leader's pg_wal, such as C(200GB). SQL does not tell it; without it the answer can only be that not all is known.
    type: str
  unknown:
    description: Whether an answer in which something is not known is enough.
    type: str
    choices: [fail, warn]
    default: fail
"""

EXAMPLES = r"""
- name: Two hours for db3
  patroniops.patroniops.patroni_protection:
    uri: [http://db1:8008, http://db2:8008]
    rest_user: patroni
    rest_password: "{{ vault_rest_password }}"
    postgres_user: observer
    postgres_password: "{{ vault_observer_password }}"
    member: db3
    for: 2h
    free_disk: 200GB
"""

RETURN = r"""
go:
  description: The answer - true, or null where something is not known.
  returned: I(state=held)
  type: bool
reason:
  description: What holds, or what is not known.
  returned: success
  type: str
slot_name:
  description: The member's slot.
  returned: success
  type: str
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.patroniops.patroniops.plugins.module_utils.patroniops import CONNECTION, TOGETHER, PatroniOps


def first(module, document, what):
    if document['exitCode'] != 0 or not document['objects']:
        module.fail_json(msg='%s: %s' % (what, ' '.join(document['errors']) or 'nothing came of it'), errors=document['errors'])
    return document['objects'][0]


def hold(module, tool, is_held, slot):
    limits = []
    for key, option in (('maximum_bytes', '-MaximumBytes'), ('free_disk', '-FreeDisk')):
        if module.params[key]:
            limits += [option, module.params[key]]
    arguments = [module.params['member'], '-For', module.params['for']] + limits
    if module.check_mode:
        # A no-go is an error of -WhatIf too.
        document = tool.cmdlet('Protect-PatroniMember', *(arguments + ['-WhatIf']))
        if document['exitCode'] != 0:
            module.fail_json(msg='No-go: %s' % ' '.join(document['errors']))
        return dict(changed=not is_held, slot_name=slot, reason='not done: check mode')
    answer = first(module, tool.cmdlet('Protect-PatroniMember', *(arguments + ['-Confirm:$false'])), 'No-go')
    if answer['IsGo'] is not True:
        if module.params['unknown'] == 'fail':
            if not is_held:
                tool.cmdlet('Unprotect-PatroniMember', module.params['member'], '-Confirm:$false')
            module.fail_json(msg='Not a go, %s is not to go down: %s' % (module.params['member'], answer['Reason']))
        module.warn('%s: %s' % (module.params['member'], answer['Reason']))
    return dict(changed=not is_held, go=answer['IsGo'], slot_name=answer['SlotName'], reason=answer['Reason'])


def main():
    module = AnsibleModule(
        argument_spec=dict(
            CONNECTION,
            member=dict(type='str', required=True),
            state=dict(type='str', choices=['held', 'released'], default='held'),
            **{'for': dict(type='str', default='2h')},
            maximum_bytes=dict(type='str'),
            free_disk=dict(type='str'),
            unknown=dict(type='str', choices=['fail', 'warn'], default='fail'),
        ),
        required_together=TOGETHER,
        supports_check_mode=True,
    )
    tool = PatroniOps(module)
    # A leader needs no WAL of anybody, and has no slot; why it is refused Protect-PatroniMember says.
    needs = tool.cmdlet('Test-WalAvailability', '-Member', module.params['member'])['objects']
    slot = needs[0]['SlotName'] if needs else None
    is_held = slot is not None and tool.resource('Slot', 'Get', dict(name=slot))[0]['_exist']
    if module.params['state'] == 'held':
        result = hold(module, tool, is_held, slot)
    elif slot is None:
        module.fail_json(msg='The slot of %s is not known.' % module.params['member'])
    elif not is_held or module.check_mode:
        result = dict(changed=is_held, slot_name=slot, reason='not done: check mode' if is_held else 'it was not held')
    else:
        answer = first(module, tool.cmdlet('Unprotect-PatroniMember', module.params['member'], '-Confirm:$false'), 'Not released')
        result = dict(changed=True, slot_name=slot, reason=answer['Reason'])
    wanted = module.params['state'] == 'held'
    module.exit_json(diff=dict(before=dict(held=is_held), after=dict(held=wanted)), **result)


if __name__ == '__main__':
    main()

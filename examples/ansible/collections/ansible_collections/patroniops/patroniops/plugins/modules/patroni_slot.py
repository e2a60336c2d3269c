#!/usr/bin/python
# SPDX-License-Identifier: MIT
from __future__ import annotations

DOCUMENTATION = r"""
module: patroni_slot
short_description: A permanent replication slot of a Patroni cluster
version_added: 0.1.0
description:
  - Makes a slot permanent in Patroni's dynamic configuration and waits until the leader has it, or takes it out.
  - A slot that is taken out and belongs to a member that is there stays, as Patroni's own.
author: The PatroniOps authors
extends_documentation_fragment: patroniops.patroniops.patroniops
options:
  name:
    description: The slot's name in PostgreSQL - lower case letters, digits and underscores. That of a member is its name with everything else replaced by an underscore.
    type: str
    required: true
  state:
    description: Whether it is to be there.
    type: str
    choices: [present, absent]
    default: present
  type:
    description: The kind of the slot; by default what I(database) and I(plugin) say.
    type: str
    choices: [physical, logical]
  database:
    description: Of a logical slot.
    type: str
  plugin:
    description: Of a logical slot.
    type: str
"""

EXAMPLES = r"""
- name: The slot of a consumer outside of the cluster
  patroniops.patroniops.patroni_slot:
    uri: [http://db1:8008, http://db2:8008]
    rest_user: patroni
    rest_password: "{{ vault_rest_password }}"
    postgres_user: observer
    postgres_password: "{{ vault_observer_password }}"
    name: warehouse
"""

RETURN = r"""
state:
  description: The slot as it is; in check mode as it would be.
  returned: success
  type: dict
  contains:
    name: {description: Its name., type: str, returned: always}
    _exist: {description: Whether the configuration has it., type: bool, returned: always}
    type: {description: Physical or logical., type: str, returned: when it is there}
    isOnLeader: {description: Whether the leader's PostgreSQL has it; left out when that was not read., type: bool, returned: when known}
different:
  description: What was not as wanted.
  returned: changed
  type: list
  elements: str
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.patroniops.patroniops.plugins.module_utils.patroniops import CONNECTION, TOGETHER, PatroniOps


def main():
    module = AnsibleModule(
        argument_spec=dict(
            CONNECTION,
            name=dict(type='str', required=True),
            state=dict(type='str', choices=['present', 'absent'], default='present'),
            type=dict(type='str', choices=['physical', 'logical']),
            database=dict(type='str'),
            plugin=dict(type='str'),
        ),
        required_together=TOGETHER,
        supports_check_mode=True,
    )
    instance = dict(name=module.params['name'], _exist=module.params['state'] == 'present')
    if instance['_exist']:
        instance.update({key: module.params[key] for key in ('type', 'database', 'plugin') if module.params[key] is not None})
    PatroniOps(module).desired('Slot', instance, lambda state: {key: value for key, value in state.items() if key not in ('uri', '_inDesiredState')})


if __name__ == '__main__':
    main()

#!/usr/bin/python
# SPDX-License-Identifier: MIT
from __future__ import annotations

DOCUMENTATION = r"""
module: patroni_config
short_description: Settings of a Patroni cluster's dynamic configuration
version_added: 0.1.0
description:
  - Sets the settings that are named and leaves all others; done when every member has read them.
  - What takes effect only with a restart of PostgreSQL is told as a warning, with the call that restarts one member at a time.
author: The PatroniOps authors
extends_documentation_fragment: patroniops.patroniops.patroniops
options:
  settings:
    description: Nested as the configuration is. C(null) takes a setting out. Values of keys that name a secret are never shown.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: WAL for a replica that is away for a short time
  patroniops.patroniops.patroni_config:
    uri: [http://db1:8008]
    rest_user: patroni
    rest_password: "{{ vault_rest_password }}"
    settings:
      postgresql:
        parameters:
          wal_keep_size: 2GB
"""

RETURN = r"""
state:
  description: The settings that were named, as they are; in check mode as they would be.
  returned: success
  type: dict
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.patroniops.patroniops.plugins.module_utils.patroniops import CONNECTION, TOGETHER, PatroniOps


def main():
    module = AnsibleModule(
        argument_spec=dict(CONNECTION, settings=dict(type='dict', required=True)),
        required_together=TOGETHER,
        supports_check_mode=True,
    )
    PatroniOps(module).desired('DynamicConfiguration', dict(settings=module.params['settings']), lambda state: state['settings'])


if __name__ == '__main__':
    main()

#!/usr/bin/python
# SPDX-License-Identifier: MIT
from __future__ import annotations

DOCUMENTATION = r"""
module: patroni_health
short_description: The verdict on a Patroni cluster
version_added: 0.1.0
description:
  - Judges a cluster by what Patroni and every PostgreSQL say - a replica that Patroni calls running and that does not stream is not healthy here.
  - Waits for the verdict when I(timeout) says so, and fails when it is worse than I(accept). What could not be read is never healthy.
  - Changes nothing.
author: The PatroniOps authors
extends_documentation_fragment: patroniops.patroniops.patroniops
options:
  accept:
    description: The worst verdict that is still fine.
    type: str
    choices: [Healthy, Degraded]
    default: Healthy
  streaming:
    description: Members that must stream from their upstream, whatever else the verdict is.
    type: list
    elements: str
    default: []
  timeout:
    description: Seconds to wait for it.
    type: int
    default: 0
  fail:
    description: Whether the task fails when it is not so. With C(false) look at C(is_healthy).
    type: bool
    default: true
"""

EXAMPLES = r"""
- name: Every replica streams again before the next one goes down
  patroniops.patroniops.patroni_health:
    uri: [http://db1:8008, http://db2:8008]
    postgres_user: observer
    postgres_password: "{{ vault_observer_password }}"
    timeout: 300
"""

RETURN = r"""
is_healthy:
  description: Whether it is as I(accept) and I(streaming) say.
  returned: success
  type: bool
verdict:
  description: Healthy, Degraded, Unknown, PseudoHealthy or Critical.
  returned: success
  type: str
findings:
  description: What is the case, worst first.
  returned: success
  type: list
  elements: dict
leader:
  description: Who leads; null when nobody does or that is not known.
  returned: success
  type: str
not_streaming:
  description: Those of I(streaming) that do not, each with the reason.
  returned: success
  type: list
  elements: str
"""

import time

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.patroniops.patroniops.plugins.module_utils.patroniops import CONNECTION, TOGETHER, PatroniOps

POLL_SECONDS = 2


def look(tool, wanted):
    state, different = tool.resource('ClusterHealth', 'Test', dict(accept=tool.module.params['accept']))
    waiting = []
    if wanted:
        told = {need['Member']: need for need in tool.cmdlet('Test-WalAvailability')['objects']}
        for member in wanted:
            need = told.get(member)
            if need is None:
                waiting.append('%s: nothing is known of it' % member)
            elif need['Status'] != 'Streaming' or need['IsAvailable'] is not True:
                waiting.append('%s: %s' % (member, need['Reason']))
    return state, waiting, not different and not waiting


def main():
    module = AnsibleModule(
        argument_spec=dict(
            CONNECTION,
            accept=dict(type='str', choices=['Healthy', 'Degraded'], default='Healthy'),
            streaming=dict(type='list', elements='str', default=[]),
            timeout=dict(type='int', default=0),
            fail=dict(type='bool', default=True),
        ),
        required_together=TOGETHER,
        supports_check_mode=True,
    )
    tool = PatroniOps(module)
    end = time.monotonic() + module.params['timeout']
    state, waiting, is_healthy = look(tool, module.params['streaming'])
    while not is_healthy and time.monotonic() < end:
        time.sleep(POLL_SECONDS)
        state, waiting, is_healthy = look(tool, module.params['streaming'])
    clusters = tool.cmdlet('Get-PatroniCluster')['objects']
    result = dict(
        leader=clusters[0]['Leader'] if clusters else None, changed=False, is_healthy=is_healthy, verdict=state['verdict'], findings=state.get('findings', []), not_streaming=waiting)
    if not is_healthy and module.params['fail']:
        why = [finding['message'] for finding in result['findings'] if finding['severity'] != 'Info'] + waiting
        module.fail_json(msg='%s is %s: %s' % (state['cluster'], state['verdict'], '; '.join(why)), **result)
    module.exit_json(**result)


if __name__ == '__main__':
    main()

# SPDX-License-Identifier: MIT
"""Runs the program patroniops: what is asked goes in by standard input, logins by the environment, JSON comes out."""
from __future__ import annotations

import json

CONNECTION = dict(
    uri=dict(type='list', elements='str', required=True),
    rest_user=dict(type='str'),
    rest_password=dict(type='str', no_log=True),
    postgres_user=dict(type='str'),
    postgres_password=dict(type='str', no_log=True),
    executable=dict(type='path', default='patroniops'),
    state_directory=dict(type='path'),
)
TOGETHER = [('rest_user', 'rest_password'), ('postgres_user', 'postgres_password')]


class PatroniOps:
    """The program on this host, with the logins of one module call."""

    def __init__(self, module):
        self.module = module
        given = module.params
        self.program = module.get_bin_path(given['executable'], required=True)
        self.environment = dict(POWERSHELL_TELEMETRY_OPTOUT='1')
        for prefix, name in (('PATRONIOPS_REST', 'rest'), ('PATRONIOPS_PG', 'postgres')):
            if given[name + '_user'] is not None:
                self.environment[prefix + '_USERNAME'] = given[name + '_user']
                self.environment[prefix + '_PASSWORD'] = given[name + '_password']
        if given['state_directory']:
            self.environment['PATRONIOPS_STATE'] = given['state_directory']

    def resource(self, resource_type, operation, instance):
        """An operation of a resource: the state, the names of the properties that differed, and what was said."""
        instance = dict(instance, uri=self.module.params['uri'])
        code, out, err = self.module.run_command(
            [self.program, 'resource', resource_type, operation], data=json.dumps(instance), environ_update=self.environment)
        messages = [json.loads(line) for line in err.splitlines() if line.startswith('{')]
        if code != 0:
            told = [m['error'] for m in messages if 'error' in m]
            self.module.fail_json(msg=' '.join(told) or err.strip() or 'patroniops ended with %d.' % code, rc=code)
        for text in [m['warn'] for m in messages if 'warn' in m]:
            self.module.warn(text)
        lines = [json.loads(line) for line in out.splitlines()]
        return lines[0], lines[1] if len(lines) > 1 else []

    def desired(self, resource_type, instance, shown):
        """Brings a resource to where it is wanted, and ends the module. shown picks what of a state is told and compared."""
        before, different = self.resource(resource_type, 'Test', instance)
        if not different:
            self.module.exit_json(changed=False, state=shown(before))
        # What would come of it is asked and not guessed; in check mode that is all.
        after, _ = self.resource(resource_type, 'WhatIf' if self.module.check_mode else 'Set', instance)
        self.module.exit_json(
            changed=True, state=shown(after), different=different, diff=dict(before=shown(before), after=shown(after)))

    def cmdlet(self, name, *arguments):
        """A cmdlet on the cluster: its document with objects, errors, warnings and exitCode. A list is written with commas."""
        command = [self.program, '-Output', 'result', name] + list(arguments) + ['-Uri', ','.join(self.module.params['uri'])]
        if 'PATRONIOPS_REST_USERNAME' in self.environment:
            command += ['-Credential', '$RestCredential']
        if 'PATRONIOPS_PG_USERNAME' in self.environment:
            command += ['-PostgresCredential', '$PostgresCredential']
        code, out, err = self.module.run_command(command, environ_update=self.environment)
        try:
            return json.loads(out)
        except ValueError:
            self.module.fail_json(msg=err.strip() or 'patroniops ended with %d and without an answer.' % code, rc=code)

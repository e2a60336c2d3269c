# SPDX-License-Identifier: MIT
from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  uri:
    description: Addresses of Patroni's REST API in one cluster. One that answers is enough.
    type: list
    elements: str
    required: true
  rest_user:
    description: User of C(restapi.authentication), where Patroni asks for one before it changes something.
    type: str
  rest_password:
    description: Its password. It goes to C(patroniops) in the environment, never as an argument.
    type: str
  postgres_user:
    description: The observing PostgreSQL role, which needs C(pg_monitor) and nothing more.
    type: str
  postgres_password:
    description: Its password, which goes the same way.
    type: str
  executable:
    description: The program C(patroniops).
    type: path
    default: patroniops
  state_directory:
    description: Where C(patroniops) keeps what it remembers between runs (C(PATRONIOPS_STATE)); by default its own place in the user's home.
    type: path
requirements:
  - patroniops on the host that runs the module
attributes:
  check_mode:
    support: full
    description: In check mode nothing is sent that changes the cluster.
  diff_mode:
    support: full
    description: Shows what was, and what is or would be.
"""

# Validates JSON against a schema of this folder: validate.py SCHEMA < lines, each line a document. Prints what is wrong; needs Debian's python3-jsonschema.
import json
import pathlib
import sys

import jsonschema

folder = pathlib.Path(__file__).parent
schema = json.loads((folder / sys.argv[1]).read_text())
known = {**schema.get('$defs', {}), schema['$id']: schema}
# Debian's release takes a property that is called $ref for a reference while it searches; everything that is referred to lies in the bundle.
jsonschema.RefResolver._find_in_subschemas = lambda self, url: None
# The draft's own meta-schemas are not in the bundle: what refers to them is not looked into.
jsonschema.Draft202012Validator.VALIDATORS['$dynamicRef'] = lambda *_: iter(())
validator = jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver(schema['$id'], schema, store=known))
wrong = [error.message for line in sys.stdin if line.strip() for error in validator.iter_errors(json.loads(line))]
print('\n'.join(wrong))
sys.exit(1 if wrong else 0)

"""Compares the properties of a template with what a service answers."""
from gaps import DROPPED


def plain(value):
    """CloudFormation takes numbers and booleans as text, too."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def differences(expected, given, path):
    """What the template says and the answer lacks or says otherwise."""
    if given is None:
        return [f'{path} is missing']
    if isinstance(expected, dict):
        given = given if isinstance(given, dict) else {}
        return [d for key, value in expected.items() for d in differences(value, given.get(key), f'{path}.{key}')]
    if isinstance(expected, list):
        if not isinstance(given, list) or len(given) != len(expected):
            return [f'{path} is {given!r}, expected {len(expected)} items']
        return [d for i, value in enumerate(expected) for d in differences(value, given[i], f'{path}[{i}]')]
    return [] if plain(given) == plain(expected) else [f'{path} is {plain(given)!r}, expected {plain(expected)!r}']


def compare(logical_id, resource, answer, values):
    """Differences between a resource of a template and the answer; `values` gives what the functions in it become."""
    properties = {name: value for name, value in resource['Properties'].items() if name not in DROPPED[resource['Type']]}
    return differences(values.of(properties), answer, logical_id)

'use strict';
// Rules for whole types; each yields `[rule, where, message]`.
const { inputRules, memberRules, nameRules, structPropertyRules, typeRules } = require('./api-members');

function* at(where, findings) {
  for (const [rule, message] of findings) { yield [rule, where, message]; }
}

function* structRules(struct, system) {
  if (/^I[A-Z]/.test(struct.name)) { yield ['struct-name', struct.name, 'starts with I like an interface with behaviour']; }
  for (const property of struct.ownProperties) {
    yield* at(`${struct.name}.${property.name}`, structPropertyRules(property, struct, system));
  }
}

function* callableRules(callable, owner, system) {
  if (callable.overrides) { return; }
  const where = `${owner.name}.${callable.name}`;
  for (const parameter of callable.parameters) {
    yield* at(`${where}(${parameter.name})`, nameRules(parameter.name));
    yield* at(`${where}(${parameter.name})`, inputRules(parameter, system));
  }
  if (callable.returns !== undefined) { yield* at(where, typeRules(callable.returns.type)); }
}

function* behaviourRules(type, system) {
  for (const member of [...type.ownMethods, ...type.ownProperties]) { yield* at(`${type.name}.${member.name}`, memberRules(member, type)); }
  for (const method of type.ownMethods) { yield* callableRules(method, type, system); }
  for (const property of type.ownProperties.filter(p => !p.overrides)) { yield* at(`${type.name}.${property.name}`, typeRules(property.type)); }
}

function* interfaceRules(type, system) {
  if (!/^I[A-Z]/.test(type.name)) { yield ['interface-name', type.name, 'has behaviour and does not start with I']; }
  yield* behaviourRules(type, system);
}

function* classRules(type, system) {
  yield* behaviourRules(type, system);
  if (type.initializer === undefined) { return; }
  yield* callableRules(type.initializer, type, system);
  const isConstruct = type.getAncestors().some(ancestor => ancestor.fqn === 'constructs.Construct');
  if (isConstruct && !type.abstract) { yield* constructorRules(type, system); }
}

function* constructorRules(type, system) {
  const [scope, id, props, ...more] = type.initializer.parameters;
  if (scope?.name !== 'scope' || id?.name !== 'id' || (props !== undefined && props.name !== 'props') || more.length > 0) {
    yield ['constructor', type.name, 'is not made by (scope, id, props)'];
    return;
  }
  if (props === undefined) { return; }
  if (props.type.fqn !== `${type.fqn}Props`) { yield ['props-name', type.name, `takes ${props.type.fqn}, not ${type.name}Props`]; }
  const struct = system.tryFindFqn(props.type.fqn);
  if (struct?.allProperties.every(property => property.optional) && !props.optional) {
    yield ['props-optional', type.name, 'has only optional properties and asks for props'];
  }
}

function* enumRules(type) {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(type.name)) { yield ['enum-name', type.name, 'is not in PascalCase']; }
  for (const member of type.members) {
    const where = `${type.name}.${member.name}`;
    if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(member.name)) { yield ['enum-name', where, 'is not in CAPITALS']; }
    if (!member.docs.summary) { yield ['doc-missing', where, 'has no summary']; }
  }
}

/** Every finding in an assembly. */
function* apiFindings(assembly, system) {
  for (const type of assembly.allTypes) {
    if (!type.docs.summary) { yield ['doc-missing', type.name, 'has no summary']; }
    if (type.isEnumType()) { yield* enumRules(type); }
    if (type.isClassType()) { yield* classRules(type, system); }
    if (type.isInterfaceType()) { yield* (type.isDataType() ? structRules : interfaceRules)(type, system); }
  }
}

module.exports = { apiFindings };

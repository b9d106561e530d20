'use strict';
// Rules for single members, parameters and the types in their signatures.
const { reservedIn, TAKEN } = require('./api-words');

const UNIT = /(seconds|minutes|hours|days|millis|milliseconds|bytes|[gmk]i?b)$/i;

/** The types that a type is made of: elements of lists and maps, sides of unions. */
function parts(type) {
  const inner = type.unionOfTypes ?? [type.arrayOfType ?? type.mapOfType].filter(Boolean);
  return inner.length === 0 ? [type] : inner.flatMap(parts);
}

function hasUnion(type) {
  const element = type.arrayOfType ?? type.mapOfType;
  return type.unionOfTypes !== undefined || (element !== undefined && hasUnion(element));
}

function* typeRules(type) {
  if (hasUnion(type)) { yield ['union', 'is a union, which is an untyped object in other languages']; }
  for (const part of parts(type)) {
    if (part.isAny || part.primitive === 'json') { yield ['any', 'is untyped']; }
    if (/\.Cfn[A-Z]\w*(\.|$)/.test(part.fqn ?? '')) { yield ['cfn-type', `shows ${part.fqn}`]; }
  }
}

/** An `IThing` that a caller could be asked for in place of the class `Thing`. */
function interfaceOf(type, system) {
  const named = type.fqn === undefined ? undefined : system.tryFindFqn(type.fqn);
  if (!named?.isClassType() || !named.getAncestors().some(ancestor => ancestor.fqn === 'constructs.Construct')) { return undefined; }
  return system.tryFindFqn(named.fqn.replace(/\w+$/, name => `I${name}`))?.fqn;
}

/** What a caller hands in: a property of a struct or a parameter. */
function* inputRules(input, system) {
  yield* typeRules(input.type);
  if (UNIT.test(input.name) && input.type.primitive === 'number') { yield ['unit-in-name', 'is a number with a unit: take a Duration or a Size']; }
  for (const part of parts(input.type)) {
    const narrower = interfaceOf(part, system);
    if (narrower !== undefined) { yield ['concrete-construct', `takes ${part.fqn} where ${narrower} would do`]; }
  }
}

function* nameRules(name) {
  const languages = reservedIn(name);
  if (languages.length > 0) { yield ['reserved-word', `is reserved in ${languages.join(', ')}`]; }
  if (/^(get|set)[A-Z]/.test(name) || TAKEN.has(name)) { yield ['taken-name', 'clashes with a member that a binding generates']; }
  if (/_$/.test(name) || /^do[A-Z]/.test(name)) { yield ['evasive-name', 'dodges another name: find one of its own']; }
}

function* memberRules(member, owner) {
  if (member.overrides) { return; } // named, typed and documented by the type that it fulfils
  if (!member.docs.summary) { yield ['doc-missing', 'has no summary']; }
  yield* nameRules(member.name);
  if (member.name.toLowerCase() === owner.name.toLowerCase()) { yield ['named-like-class', 'is named like its class']; }
}

function* structPropertyRules(property, struct, system) {
  yield* memberRules(property, struct);
  yield* inputRules(property, system);
  if (property.optional && !property.docs.docs.default) { yield ['default-missing', 'is optional and has no @default']; }
  const isText = parts(property.type).some(part => part.primitive === 'string');
  if (isText && /arns?$/i.test(property.name) && !/Attributes$/.test(struct.name)) { yield ['arn-string', 'takes an ARN: take the resource']; }
}

module.exports = { inputRules, memberRules, nameRules, structPropertyRules, typeRules };

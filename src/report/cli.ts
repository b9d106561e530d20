#!/usr/bin/env node
import { command } from './command';

void command(process.argv.slice(2)).then(code => { process.exitCode = code; });

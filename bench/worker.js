'use strict';
// One measured run in a process of its own: node worker.js <adapter> <count> <outdir>. Prints CPU milliseconds and memory as JSON.
const [adapter, count, outdir] = process.argv.slice(2);
const cpu = since => { const { user, system } = process.cpuUsage(since); return (user + system) / 1000; };

const { build } = require(`./adapters/${adapter === 'l1' ? 'l1' : 'ours'}`);
const imported = cpu();
const before = process.cpuUsage();
build(Number(count), outdir, adapter === 'ours-checked' ? 'fail' : 'off').synth();
console.log(JSON.stringify({ imported, synth: cpu(before), total: cpu(), rss: process.resourceUsage().maxRSS / 1024 }));

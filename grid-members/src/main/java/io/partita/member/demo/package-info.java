/**
 * The demo world: a small bank that is made up from a seed, its past two months, and a gentle stream of business from
 * then on. It uses the ledger like any other caller, so everything in it can be looked up and proved.
 */
package io.partita.member.demo;

/** What a member promises, and how well it has kept it: service levels, error budgets, the page that shows them. */
package io.partita.member.status;

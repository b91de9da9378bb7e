package io.partita.member.drill.arena;

/** What listens on a node: on members the grid and REST, on the store PostgreSQL. */
public enum Service {
    GRID, REST, SQL
}

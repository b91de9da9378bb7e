-- What people say of alerts, and when they want to hear nothing. See docs/anomalies.md.

-- One opinion on each alert. What an instrument's scores must reach follows from them, in their order.
create table anomaly_feedback (
    number     bigint generated always as identity,
    alert      text primary key,
    bar_size   text not null,
    instrument bigint not null,
    kind       text not null,
    worthwhile boolean not null,              -- it was worth the look
    said_at    bigint not null,               -- nanoseconds since 1970
    actor      text not null,
    reason     text
);
create index anomaly_feedback_tuned on anomaly_feedback (bar_size, instrument, number);

create table anomaly_silence (
    silence    bigint generated always as identity primary key,
    instrument bigint not null,               -- 0 for all
    kinds      text[] not null,
    from_time  bigint not null,               -- the first nanosecond since 1970
    until_time bigint not null,               -- the first one after it
    actor      text not null,
    reason     text not null
);

-- Written once and read in order, if at all: compressing it takes seven times the processor time that writing it takes, and halves it.
alter table trading_command alter column commands set storage external;
alter table trading_snapshot alter column state set storage external;

-- In which books a session has ordered is asked for whenever a connection ends.
create index fix_request_book on fix_request (instrument, session);
drop index fix_request_instrument;

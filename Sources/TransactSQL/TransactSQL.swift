// TransactSQL

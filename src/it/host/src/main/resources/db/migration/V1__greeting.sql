create table greeting (contact varchar(100) not null, delivery varchar(100) primary key);

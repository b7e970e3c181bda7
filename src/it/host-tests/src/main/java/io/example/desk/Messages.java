package io.example.desk;

import org.springframework.data.jpa.repository.JpaRepository;

interface Messages extends JpaRepository<Message, String> {

}

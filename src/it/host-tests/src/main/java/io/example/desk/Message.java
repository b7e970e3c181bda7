package io.example.desk;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class Message {

	@Id
	private String id;

	private String text;

	protected Message() {
	}

	Message(String id, String text) {
		this.id = id;
		this.text = text;
	}

	String getText() {
		return this.text;
	}

}

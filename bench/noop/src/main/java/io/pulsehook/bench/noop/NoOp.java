package io.pulsehook.bench.noop;

import java.io.IOException;
import java.io.InputStream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads what is posted and answers: what an answer costs without anything behind it.
 */
@SpringBootApplication
@RestController
public class NoOp {

	public static void main(String[] arguments) {
		SpringApplication.run(NoOp.class, arguments);
	}

	@PostMapping(path = "/webhooks/{token}", produces = MediaType.APPLICATION_JSON_VALUE)
	String receive(InputStream body) throws IOException {
		body.readAllBytes();
		return "{\"accepted\":1,\"duplicates\":0,\"unrecognized\":0}";
	}

}

package io.pulsehook.plugin.test;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;

/**
 * Writes down what handlers do, each line with one write, so that the file is whole
 * whenever the process is killed. A channel would not do: an interrupted handler would
 * close it for all.
 */
final class Recorder {

	private static final String FILE = "pulsehook.test.record";

	private static final String PROCESS = Long.toString(ProcessHandle.current().pid());

	private final OutputStream file;

	Recorder() {
		String name = Objects.requireNonNull(System.getProperty(FILE), FILE + " must name a file");
		try {
			this.file = new FileOutputStream(name, true);
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot record in " + name, ex);
		}
	}

	// Wraps a handler so that it records a line when it begins and one when it ends.
	<E extends Event> EventHandler<E> recording(EventHandler<E> handler) {
		return (event, delivery) -> {
			write("begin", event, delivery);
			try {
				handler.handle(event, delivery);
			}
			catch (Throwable ex) {
				write("failed", event, delivery);
				throw ex;
			}
			write("end", event, delivery);
		};
	}

	// Wraps a handler so that it records successes only, where there are very many.
	<E extends Event> EventHandler<E> recordingEnds(EventHandler<E> handler) {
		return (event, delivery) -> {
			handler.handle(event, delivery);
			write("end", event, delivery);
		};
	}

	// Records that something was done for a delivery.
	void write(String what, Event event, Delivery delivery) throws IOException {
		write(String.join("\t", PROCESS, delivery.handler(), delivery.id(), title(event), contact(event),
				Integer.toString(delivery.attempt()), what, Long.toString(System.currentTimeMillis())));
	}

	void write(String line) throws IOException {
		this.file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	private static String title(Event event) {
		return (event instanceof ChatbotEvent chatbot) ? chatbot.title() : "";
	}

	private static String contact(Event event) {
		return (event instanceof ChatbotEvent chatbot && chatbot.contact() != null)
				? String.valueOf(chatbot.contact().id()) : "";
	}

}

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
 * Writes down what handlers do, a line at a time and each with one write, so that the
 * file is whole whenever the process is killed. Not through a channel: an interrupted
 * handler would close it for all.
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

	// The handler, with a line for its begin and one for how it ended.
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

	// The handler, with a line for each success alone, where there are very many.
	<E extends Event> EventHandler<E> recordingEnds(EventHandler<E> handler) {
		return (event, delivery) -> {
			handler.handle(event, delivery);
			write("end", event, delivery);
		};
	}

	private void write(String what, Event event, Delivery delivery) throws IOException {
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

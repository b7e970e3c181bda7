package io.pulsehook.receive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

import io.pulsehook.event.EventReader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests clients that leave in the very moment of their answer, or whose body was given up
 * before.
 */
class GoneClientTests {

	private static final DataSize LARGEST = DataSize.ofMegabytes(1);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final PartOfABody request = new PartOfABody();

	@Test
	void countsARequestOnceWhoseAnswerCannotBeSent() {
		MockHttpServletResponse response = new MockHttpServletResponse() {

			@Override
			public void flushBuffer() {
				super.flushBuffer();
				throw sneaky(new IOException("Connection reset by peer"));
			}

		};
		this.request.response = response;
		filter().doFilter(this.request, response, (request, answer) -> {
		});
		assertThat(count(RequestOutcome.UNKNOWN_TOKEN)).isOne();
		assertThat(count(RequestOutcome.ABORTED)).isZero();
		assertThat(this.request.listeners).as("The container waits for a body that nobody listens to").hasSize(1);
		assertThat(response.getStatus()).isEqualTo(404);
	}

	@Test
	void tellsWhoIsTooSlowThatThereWasNoRoom() throws IOException {
		BodyBuffer body = new BodyBuffer(-1, (int) LARGEST.toBytes(), new BodyBudget(DataSize.ofBytes(1)));
		ByteArrayInputStream arrived = new ByteArrayInputStream(new byte[100_000]);
		while (arrived.available() > 0) {
			body.readFrom(arrived);
		}
		List<Answer> answers = new ArrayList<>();
		MockAsyncContext async = new MockAsyncContext(this.request, new MockHttpServletResponse());
		new SlowBody(async, body, (bytes) -> Answers.PROBE, answers::add, new WaitingRoom(1))
			.onTimeout(new AsyncEvent(async));
		assertThat(answers).containsExactly(Answers.CROWDED);
	}

	private WebhookFilter filter() {
		ReceiveSettings settings = new ReceiveSettings("", LARGEST, 10, Duration.ofSeconds(1), LARGEST,
				new AllowedAddresses(List.of()));
		Receiver receiver = new Receiver(new EventReader(), new InboxStub().inbox(), 10, ObservationRegistry.NOOP);
		return new WebhookFilter(settings, new Sources(Map.of("default", List.of(EdgeServer.TOKEN))), receiver,
				this.meters, ObservationRegistry.NOOP);
	}

	private double count(RequestOutcome outcome) {
		return this.meters.get("pulsehook.requests").tag("outcome", outcome.tag()).timer().count();
	}

	// Throws a checked exception that is not declared, as the container does.
	@SuppressWarnings("unchecked")
	private static <T extends Exception> RuntimeException sneaky(Exception thrown) throws T {
		throw (T) thrown;
	}

	/**
	 * A post to an unknown token whose body has not arrived.
	 */
	private static final class PartOfABody extends MockHttpServletRequest {

		private final List<ReadListener> listeners = new ArrayList<>();

		private MockHttpServletResponse response = new MockHttpServletResponse();

		PartOfABody() {
			super("POST", "/webhooks/guess");
			setServletPath("/webhooks/guess");
			setAsyncSupported(true);
		}

		@Override
		public long getContentLengthLong() {
			return 1_000;
		}

		@Override
		public AsyncContext startAsync() {
			return startAsync(this, this.response);
		}

		@Override
		public ServletInputStream getInputStream() {
			return new DelegatingServletInputStream(new ByteArrayInputStream(new byte[0])) {

				@Override
				public void setReadListener(ReadListener listener) {
					PartOfABody.this.listeners.add(listener);
				}

			};
		}

	}

}

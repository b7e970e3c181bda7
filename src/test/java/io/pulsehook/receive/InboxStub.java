package io.pulsehook.receive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.mockito.invocation.InvocationOnMock;

import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Receipt;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * An inbox that keeps events in memory, or fails on demand.
 */
final class InboxStub {

	private final List<NewEvent> events = new CopyOnWriteArrayList<>();

	private final Inbox inbox = mock(Inbox.class);

	private volatile @Nullable Throwable failure;

	InboxStub() {
		given(this.inbox.store(anyList(), any())).willAnswer(this::store);
	}

	private Receipt store(InvocationOnMock call) throws Throwable {
		Throwable failure = this.failure;
		if (failure != null) {
			throw failure;
		}
		List<NewEvent> added = call.getArgument(0);
		this.events.addAll(added);
		return new Receipt(added.size(), 0, (int) added.stream().filter(InboxStub::isUnrecognized).count());
	}

	private static boolean isUnrecognized(NewEvent event) {
		return event.kind() == EventKind.UNRECOGNIZED;
	}

	void failWith(Throwable failure) {
		this.failure = failure;
	}

	Inbox inbox() {
		return this.inbox;
	}

	List<NewEvent> all() {
		return this.events;
	}

	List<String> types() {
		return this.events.stream().map(NewEvent::type).toList();
	}

	List<String> bodies() {
		return this.events.stream().map((event) -> new String(event.body(), StandardCharsets.UTF_8)).toList();
	}

}

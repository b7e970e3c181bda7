package io.pulsehook.inbox;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CloserTests {

	private final List<String> closed = new ArrayList<>();

	private final Closer closer = new Closer();

	@Test
	void closesTheLastFirstAndEachOnce() throws Exception {
		add("database");
		add("writer");
		this.closer.close();
		this.closer.close();
		assertThat(this.closed).containsExactly("writer", "database");
	}

	@Test
	void closesTheOthersThoughSomeCannotBeClosed() {
		add("database");
		addFailing("reads");
		add("writer");
		addFailing("runner");
		assertThatThrownBy(this.closer::close).hasMessage("runner")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.satisfies((suppressed) -> assertThat(suppressed).hasMessage("reads")));
		assertThat(this.closed).containsExactly("runner", "writer", "reads", "database");
	}

	@Test
	void keepsTheFailureThatItClosesAfter() {
		addFailing("database");
		Exception failure = new Exception("no runner");
		this.closer.closeAfter(failure);
		assertThat(this.closed).containsExactly("database");
		assertThat(failure.getSuppressed()).singleElement()
			.satisfies((suppressed) -> assertThat(suppressed).hasMessage("database"));
	}

	private void add(String part) {
		this.closer.add(() -> this.closed.add(part));
	}

	private void addFailing(String part) {
		this.closer.add(() -> {
			this.closed.add(part);
			throw new IllegalStateException(part);
		});
	}

}

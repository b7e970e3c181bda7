package com.example.answers;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * An application with the recipes of docs/sendpulse.md, whose model repeats what it was
 * told.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import({ CourseAccess.class, HandOver.class, ModelReplies.class, NewLeads.class })
class AnswersApplication {

	final List<List<String>> asked = new CopyOnWriteArrayList<>();

	final Map<String, String> granted = new ConcurrentHashMap<>();

	final List<String> grants = new CopyOnWriteArrayList<>();

	@Bean
	ModelReplies.Model model() {
		return (texts) -> {
			this.asked.add(texts);
			return "You said: " + String.join(" ", texts);
		};
	}

	@Bean
	CourseAccess.Courses courses() {
		return new CourseAccess.Courses() {

			@Override
			public void grant(String order, @Nullable String contact) {
				AnswersApplication.this.grants.add(order);
				AnswersApplication.this.granted.put(order, String.valueOf(contact));
			}

			@Override
			public void takeBack(String order) {
				AnswersApplication.this.granted.remove(order);
			}

		};
	}

}

import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The coordinator opens the exam of somebody who has attended. */
tours.add("aftersales_training_coordinator", {
    url: "/odoo/training-sessions?view_type=list",
    steps: () => [
        {trigger: ".o_data_row td[name='name']:contains('TOUR-1')", run: "click"},
        {
            content: "sign in from the list",
            trigger: ".o_data_row:contains('Tech A') button[name='action_sign_in']",
            run: "click",
        },
        {trigger: ".o_data_row:contains('Tech A'):contains('Attended')"},
        {
            content: "open the exam",
            trigger: ".o_data_row:contains('Tech A') button[name='action_open_exam']",
            run: "click",
        },
        {trigger: ".o_form_view .o_field_widget[name='attempt']:contains('1')"},
        {trigger: ".o_data_row:contains('Practice'):contains('Training Examiner')"},
    ],
});

/** The dealer's manager confirms his man and sees no other dealer's. */
tours.add("aftersales_training_dealer_manager", {
    url: "/odoo/training-participants",
    steps: () => [
        {trigger: ".o_data_row:contains('Tech A'):contains('Invited')"},
        {trigger: ".o_list_view:not(:has(.o_data_row:contains('Agent B')))"},
        {
            trigger: ".o_data_row:contains('Tech A') button[name='action_confirm']",
            run: "click",
        },
        {trigger: ".o_data_row:contains('Tech A'):contains('Confirmed')"},
    ],
});

/** Tick “Yes” once the question is there, and wait until the form has taken it. */
const answer = (question) => {
    const label = `.js_question-wrapper:contains('${question}') label:contains('Yes')`;
    return [
        {trigger: label, run: "click", timeout: 30000},
        {
            content: `“${question}” is answered`,
            trigger: `${label}.o_survey_selected`,
        },
    ];
};

/** The trainee goes from his exams into the questions and answers them. */
tours.add("aftersales_training_trainee", {
    url: "/odoo/my-exams",
    steps: () => [
        {trigger: ".o_kanban_record:contains('Theory')", run: "click"},
        {
            trigger: "button[name='action_take_theory']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the page of the questions is loaded and listens",
            trigger: "body[is-ready=true] .o_survey_form",
            timeout: 30000,
        },
        {
            trigger: ".o_survey_form button[value='start']:enabled",
            run: "click",
        },
        ...answer("Cold start?"),
        ...answer("Bleed the pump?"),
        {trigger: ".o_survey_form button[value='finish']:enabled", run: "click"},
        {trigger: ".modal .btn-primary", run: "click"},
        {trigger: ".o_survey_finished", timeout: 30000},
    ],
});

/** The examiner gives points on his phone and is told when they are too many. */
tours.add("aftersales_training_examiner", {
    url: "/odoo/training-marking",
    steps: () => [
        {trigger: ".o_kanban_record:contains('Practice')", run: "click"},
        {
            trigger: ".o_data_row:contains('Diagnosis') td[name='points']",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains('Diagnosis') td[name='points'] input",
            run: "edit 21 && press Tab",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".modal:contains('Give 0 to 20 points')"},
        {trigger: ".modal .btn-primary", run: "click"},
        {
            trigger: ".o_data_row:contains('Diagnosis') td[name='points']",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains('Diagnosis') td[name='points'] input",
            run: "edit 18 && press Tab",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
        {trigger: ".o_field_widget[name='points']:contains('18')"},
    ],
});

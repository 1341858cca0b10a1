/* What the frame of every page does in the browser: dialogs that open and close. */
(function () {
  "use strict";

  document.addEventListener("click", (event) => {
    const closes = event.target.closest(".closes");
    if (closes) closes.closest("dialog").close();
    // A click beside an open dialog lands on the dialog element itself.
    else if (event.target instanceof HTMLDialogElement) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    shell: {
      /** Open the dialog of that id, as a modal one. */
      open(clicks, id) {
        const dialog = document.getElementById(id);
        if (clicks && dialog && !dialog.open) dialog.showModal();
      },
    },
  });
})();

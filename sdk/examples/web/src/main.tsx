import { CielProvider } from '@ciel/sdk/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { ciel, queryClient } from './client.ts';
import { Toasts } from './parts/toasts.tsx';
import { RouterProvider } from './router.tsx';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/photos.css';
import './styles/posts.css';
import './styles/people.css';
import './styles/stories.css';
import './styles/compose.css';
import './styles/operator.css';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CielProvider ciel={ciel} queryClient={queryClient}>
      <RouterProvider>
        <App />
        <Toasts />
      </RouterProvider>
    </CielProvider>
  </StrictMode>,
);
